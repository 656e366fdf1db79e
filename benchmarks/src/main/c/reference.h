/* What the files of the C reference share. */
#ifndef REFERENCE_H
#define REFERENCE_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103 /* linux/udp.h */
#endif
#ifndef UDP_GRO
#define UDP_GRO 104 /* linux/udp.h */
#endif

enum { MOST = 64, MAX_LIST = 1024, MAX_TRIP = 65507 };

/* reference.c */
void die(const char *what);
int64_t now(void);
struct sockaddr_in address_of(const char *text);
int bound_socket(const char *address, int flags);
int port_of(int socket);

/* sending.c: a load is a list of datagrams that is sent again and again. */
void open_load(char *arguments);
void run_load(int id, int64_t nanos);
void round_of_load(int id, int datagrams);
void port_of_load(int id);
void close_load(int id);

/* receiving.c: a receiver takes a list of datagrams again and again. */
void open_receiver(char *arguments);
void peer_of_receiver(int id, const char *address);
void run_receiver(int id, int64_t nanos);
void take(int id, int datagrams);
void close_receiver(int id);
int consume(int reading);

/* latency.c: one datagram there and back. */
int echo(void);
void open_ping(const char *address);
void ping(int count);
void close_ping(void);

#endif
