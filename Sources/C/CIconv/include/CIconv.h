#ifndef HAECHI_CICONV_H
#define HAECHI_CICONV_H
// glibc's iconv, for CP949 (UHC) and the other encodings Korean offices still send.
#include <iconv.h>
#endif
