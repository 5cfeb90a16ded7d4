// libqrencode (Debian libqrencode-dev): the QR codes of labels.
#include <qrencode.h>
