#include <xlsxwriter.h>

// zlib, which libxlsxwriter is linked with, as far as a written workbook is read back: its header comes
// with a package of its own. The layout and names are those of its stable interface.
typedef struct lumbar_z_stream {
  const unsigned char *next_in;
  unsigned int avail_in;
  unsigned long total_in;
  unsigned char *next_out;
  unsigned int avail_out;
  unsigned long total_out;
  const char *msg;
  void *state;
  void *(*zalloc)(void *, unsigned int, unsigned int);
  void (*zfree)(void *, void *);
  void *opaque;
  int data_type;
  unsigned long adler;
  unsigned long reserved;
} lumbar_z_stream;
int inflateInit2_(lumbar_z_stream *stream, int window_bits, const char *version, int size);
int inflate(lumbar_z_stream *stream, int flush);
int inflateEnd(lumbar_z_stream *stream);
