/* The version of Plimsoll: the only place it is written. CMake and the programs read it here. */
#ifndef PLIMSOLL_VERSION_H
#define PLIMSOLL_VERSION_H

#define PLIMSOLL_VERSION_MAJOR 0
#define PLIMSOLL_VERSION_MINOR 1
#define PLIMSOLL_VERSION_PATCH 0

#define PLIMSOLL_TEXT_(x) #x
#define PLIMSOLL_TEXT(x) PLIMSOLL_TEXT_(x)
#define PLIMSOLL_VERSION                  \
    PLIMSOLL_TEXT(PLIMSOLL_VERSION_MAJOR) \
    "." PLIMSOLL_TEXT(PLIMSOLL_VERSION_MINOR) "." PLIMSOLL_TEXT(PLIMSOLL_VERSION_PATCH)

#endif
