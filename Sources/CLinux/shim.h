// What the Glibc module leaves out.
#ifndef KINDRED_CLINUX_SHIM_H
#define KINDRED_CLINUX_SHIM_H

#include <sys/eventfd.h>

#endif
