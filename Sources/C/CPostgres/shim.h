// libpq (Debian libpq-dev): the client library of PostgreSQL.
#include <postgresql/libpq-fe.h>
