# Two commands need nothing but Swift on a Debian machine:
#   make demo   builds, imports Fixtures/month, writes the reports and prints a summary
#   make test   builds and runs every test

PREFIX ?= /usr/local
SWIFT ?= swift
# The program carries Swift's libraries in itself, so that it runs where there is no Swift.
RELEASE = -c release --static-swift-stdlib --product lumbar
LUMBAR = $(shell $(SWIFT) build $(RELEASE) --show-bin-path)/lumbar
DEMO = .demo

.PHONY: demo test build install lint system-packages bench soak clinic example clean

demo: build
	@rm -rf $(DEMO) && mkdir -p $(DEMO) reports
	@echo "== lumbar import Fixtures/month"
	@$(LUMBAR) import --database $(DEMO)/lumbar.sqlite Fixtures/month; code=$$?; \
	  if [ $$code -eq 3 ]; then \
	    echo "(Exit code 3: some rows were refused, the others are in.)"; \
	  elif [ $$code -ne 0 ]; then exit $$code; fi
	@echo; echo "== lumbar report --all --month 2026-10"
	@$(LUMBAR) report --database $(DEMO)/lumbar.sqlite --all --month 2026-10 --out reports
	@echo; cat reports/P00001.txt

build: system-packages
	$(SWIFT) build $(RELEASE)

test: system-packages
	$(SWIFT) test

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -s -m 755 $(LUMBAR) "$(DESTDIR)$(PREFIX)/bin/lumbar"

lint:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

# Installs what is missing of the two system packages, with sudo when not root.
system-packages:
	@./.ci/system-packages

bench: build
	Benchmarks/run

# Faults of every kind, and a year of nights with kills: an hour or two.
soak: build
	.ci/soak $(LUMBAR)

# Looks at the pages of Fixtures/month and of hostile text as browsers, readers and printers do.
page-check: build
	.ci/page-check/run $(LUMBAR)

# The list for a clinic on every morning of eight weeks, against one that knows the truth: a minute or two.
clinic: system-packages
	LUMBAR_CLINIC_WEEKS=8 $(SWIFT) test --filter ClinicListTests

# Writes the committed samples anew from Fixtures/month.
example: build
	@rm -rf $(DEMO) && mkdir -p $(DEMO) reports/example
	@$(LUMBAR) import --database $(DEMO)/lumbar.sqlite Fixtures/month >/dev/null; [ $$? -eq 3 ]
	@$(LUMBAR) report --database $(DEMO)/lumbar.sqlite --all --month 2026-10 --out reports/example
	@.ci/page-check/picture reports/example/P00001.html reports/example/page.png

clean:
	rm -rf .build $(DEMO)
