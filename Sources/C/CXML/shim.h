// libxml2 (Debian libxml2-dev): its forgiving reader of HTML.
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
