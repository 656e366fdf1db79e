#include "async.h"

handle udp_unbound(void) {
    result_handle_03 created;
    udp_create(family(), &created);
    if (created.is_error) {
        give_up("create");
    }
    return created.value;
}

handle udp_bound(ip_socket_address *local) {
    handle socket = udp_unbound();
    ip_socket_address any = loopback(0);
    if (udp_bind_to(socket, &any).is_error) {
        give_up("bind");
    }
    result_address_03 bound;
    udp_local_address(socket, &bound);
    if (bound.is_error) {
        give_up("get-local-address");
    }
    *local = bound.value;
    return socket;
}

result_void_03 udp_bind_to(handle socket, const ip_socket_address *local) {
    int32_t flat[12];
    result_void_03 result;
    flatten(local, flat);
    udp_bind(socket, FLAT(flat), &result);
    return result;
}

result_void_03 udp_connect_to(handle socket, const ip_socket_address *remote) {
    int32_t flat[12];
    result_void_03 result;
    flatten(remote, flat);
    udp_connect(socket, FLAT(flat), &result);
    return result;
}

result_void_03 udp_send_to(handle socket, const void *data, size_t length, const ip_socket_address *remote) {
    int32_t flat[12] = {0};
    result_void_03 result;
    if (remote != NULL) {
        flatten(remote, flat);
    }
    udp_send(socket, data, length, remote != NULL, FLAT(flat), &result);
    return result;
}

send_parameters udp_sending(handle socket, const void *data, size_t length, const ip_socket_address *remote) {
    send_parameters parameters = {.self = socket, .data = data, .length = length};
    if (remote != NULL) {
        parameters.remote_address = (option_address){.is_some = 1, .value = *remote};
    }
    return parameters;
}

uint32_t event_of(handle waitable, enum event_code expected) {
    handle set = waitable_set_new();
    event_payload event;
    waitable_join(waitable, set);
    uint32_t code = waitable_set_wait(set, &event);
    waitable_join(waitable, 0);
    waitable_set_drop(set);
    if (code != expected || event.index != (uint32_t)waitable) {
        give_up("an event of another kind, or of another waitable");
    }
    return event.payload;
}

enum subtask_state finish(uint32_t status) {
    if (STATE(status) == RETURNED) {
        return RETURNED;
    }
    uint32_t state = event_of(SUBTASK(status), SUBTASK_EVENT);
    subtask_drop(SUBTASK(status));
    return state;
}
