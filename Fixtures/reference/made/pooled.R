# Makes random_effects.json: estimates of several people put together by R's metafor. Run once, with the
# versions that the file names; needs nothing of lumbar.
#
# usage: Rscript pooled.R FOLDER
suppressMessages(library(metafor))

number <- function(x) sprintf("%.17g", x)
list_of <- function(x) paste0("[", paste(number(x), collapse = ","), "]")

case <- function(id, b, v) {
  fit <- rma(b, v, method = "REML", test = "knha", control = list(threshold = 1e-14, maxiter = 1000))
  plain <- rma(b, v, method = "REML", control = list(threshold = 1e-14, maxiter = 1000))
  sprintf(paste0(
    '{"id":"random_effects/%s","library":"metafor %s","input":{"estimate":%s,"variance":%s},',
    '"output":{"points":%s,"tau2":%s,"se_hartung_knapp":%s,"se_plain":%s,"df":%d}}'),
    id, packageVersion("metafor"), list_of(b), list_of(v), number(as.numeric(fit$beta)), number(fit$tau2),
    number(fit$se), number(plain$se), as.integer(fit$k - 1))
}

set.seed(20261127)
cases <- c(
  case("two", c(-0.5, -1.25), c(0.04, 0.0625)),
  case("alike", c(-0.5, -0.5, -0.5, -0.5), c(0.04, 0.05, 0.02, 0.09)),
  case("no-spread", c(-0.4, -0.6, -0.5, -0.45, -0.55), c(0.2, 0.3, 0.25, 0.4, 0.35)),
  case("one-apart", c(-0.5, -0.4, -0.6, 3, -0.5, -0.7), c(0.04, 0.05, 0.06, 0.01, 0.05, 0.04)))
for (k in c(10, 12, 60, 120)) {
  v <- (0.2 + 0.6 * runif(k))^2
  cases <- c(cases, case(paste0("people-", k), rnorm(k, -0.5, 0.5) + rnorm(k) * sqrt(v), v))
}
cat(sprintf(paste0(
  '{"topic":"random_effects","set":"answers","libraries":{"R":"%s.%s","metafor":"%s"},"conventions":',
  '"Restricted maximum likelihood; se_hartung_knapp without a lower bound, se_plain 1 / sqrt(sum w).","cases":[%s]}\n'),
  R.version$major, R.version$minor, packageVersion("metafor"), paste(cases, collapse = ",\n")),
  file = file.path(commandArgs(trailingOnly = TRUE)[1], "random_effects.json"))
