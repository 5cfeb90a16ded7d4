// zlib (Debian zlib1g-dev): the inflate and deflate of XLSX files and of HTTP compression.
#include <zlib.h>
