/* Faults that the system gives seldom: an end at the N-th request to write for good, a power cut, a drive that goes.
 *
 * Loaded into every program of a stress run by LD_PRELOAD. It does nothing until the environment asks for it:
 *   STRESS_DIE_AT=N            SIGKILL instead of the N-th fsync, fdatasync, rename or link of this process
 *   STRESS_DISK=FROM:TO        copies each file below FROM to TO when it is written for good, and nothing else: TO is
 *                              what a power cut would leave of FROM
 *   STRESS_GONE=FLAG:NUMBER:FOLDER   while the file FLAG exists, everything in FOLDER fails with this errno;
 *                              with one below zero, only reading what can be opened does
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NEXT(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

static int calls;
static pid_t counted;

static void about_to_write_for_good(void) {
    const char *wanted = getenv("STRESS_DIE_AT");
    if (wanted == NULL) return;
    if (counted != getpid()) {
        counted = getpid();
        calls = 0;
    }
    if (__sync_add_and_fetch(&calls, 1) == atoi(wanted)) kill(getpid(), SIGKILL);
}

static int path_of(int descriptor, char *path) {
    char name[64];
    int before = errno;
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(name, path, PATH_MAX - 1);
    errno = before;
    path[length < 0 ? 0 : length] = 0;
    return length > 0;
}

/* Writes where a file lies on the disk that survives a power cut; returns whether it lies there at all. */
static int place_on_disk(const char *path, char *place) {
    const char *told = getenv("STRESS_DISK");
    const char *colon = told == NULL ? NULL : strchr(told, ':');
    if (colon == NULL || strncmp(path, told, colon - told) != 0 || path[colon - told] != '/') return 0;
    snprintf(place, PATH_MAX, "%s%s", colon + 1, path + (colon - told));
    for (char *slash = strchr(place + strlen(colon + 1) + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(place, 0755);
        *slash = '/';
    }
    return 1;
}

static void written_for_good(int descriptor) {
    char path[PATH_MAX], place[PATH_MAX], piece[65536];
    struct stat status;
    ssize_t count;
    if (getenv("STRESS_DISK") == NULL || !path_of(descriptor, path) || !place_on_disk(path, place)) return;
    if (fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) return;
    int from = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY);
    int to = syscall(SYS_openat, AT_FDCWD, place, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    while (from >= 0 && to >= 0 && (count = syscall(SYS_read, from, piece, sizeof piece)) > 0)
        if (write(to, piece, count) != count) abort();
    close(from);
    close(to);
}

int fsync(int descriptor) {
    about_to_write_for_good();
    int result = NEXT(fsync)(descriptor);
    written_for_good(descriptor);
    return result;
}

int fdatasync(int descriptor) {
    about_to_write_for_good();
    int result = NEXT(fdatasync)(descriptor);
    written_for_good(descriptor);
    return result;
}

/* Names change in order and at once, as on any file system with a journal. */
int rename(const char *from, const char *to) {
    char old[PATH_MAX], new[PATH_MAX];
    about_to_write_for_good();
    if (place_on_disk(from, old) && place_on_disk(to, new)) NEXT(rename)(old, new);
    return NEXT(rename)(from, to);
}

int link(const char *from, const char *to) {
    char old[PATH_MAX], new[PATH_MAX];
    about_to_write_for_good();
    if (place_on_disk(from, old) && place_on_disk(to, new)) NEXT(link)(old, new);
    return NEXT(link)(from, to);
}

int unlink(const char *path) {
    char place[PATH_MAX];
    if (place_on_disk(path, place)) NEXT(unlink)(place);
    return NEXT(unlink)(path);
}

/* Returns whether a path lies on the drive that is gone, and sets errno then. */
static int fails(const char *path, int reading) {
    const char *told = getenv("STRESS_GONE");
    char flag[PATH_MAX];
    int number, read_so_far = 0;
    if (told == NULL || path == NULL) return 0;
    if (sscanf(told, "%4000[^:]:%d:%n", flag, &number, &read_so_far) != 2 || read_so_far == 0) return 0;
    const char *folder = told + read_so_far;
    size_t length = strlen(folder);
    if (strncmp(path, folder, length) != 0 || (path[length] != '/' && path[length] != 0)) return 0;
    if (syscall(SYS_faccessat, AT_FDCWD, flag, F_OK) != 0) return 0;
    if (number < 0 && !reading) return 0;
    errno = abs(number);
    return 1;
}

static int is_gone(const char *path) { return fails(path, 0); }

static int is_gone_open(int descriptor) {
    char path[PATH_MAX];
    return getenv("STRESS_GONE") != NULL && path_of(descriptor, path) && is_gone(path);
}

#define OPEN(name)                                              \
    int name(const char *path, int flags, ...) {                \
        va_list more;                                           \
        va_start(more, flags);                                  \
        mode_t mode = va_arg(more, mode_t);                     \
        va_end(more);                                           \
        return is_gone(path) ? -1 : NEXT(name)(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

DIR *opendir(const char *path) { return is_gone(path) ? NULL : NEXT(opendir)(path); }

struct dirent *readdir(DIR *folder) { return is_gone_open(dirfd(folder)) ? NULL : NEXT(readdir)(folder); }
struct dirent64 *readdir64(DIR *folder) { return is_gone_open(dirfd(folder)) ? NULL : NEXT(readdir64)(folder); }

ssize_t read(int descriptor, void *into, size_t count) {
    char path[PATH_MAX];
    if (getenv("STRESS_GONE") != NULL && path_of(descriptor, path) && fails(path, 1)) return -1;
    return NEXT(read)(descriptor, into, count);
}

#define STAT(name, type) \
    int name(const char *path, type *status) { return is_gone(path) ? -1 : NEXT(name)(path, status); }
STAT(stat, struct stat)
STAT(lstat, struct stat)
STAT(stat64, struct stat64)
STAT(lstat64, struct stat64)

#define STAT_AT(name, type)                                                  \
    int name(int folder, const char *path, type *status, int flags) {        \
        return is_gone(path) ? -1 : NEXT(name)(folder, path, status, flags); \
    }
STAT_AT(fstatat, struct stat)
STAT_AT(fstatat64, struct stat64)
