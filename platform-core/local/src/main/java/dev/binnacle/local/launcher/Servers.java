package dev.binnacle.local.launcher;

import java.util.List;

/** The servers of the platform. */
record Servers(ServerProcess app, ServerProcess prometheus, ServerProcess alertmanager, ServerProcess pushgateway) {
    /** Returns them all, in the order in which they are started and shown. */
    List<ServerProcess> all() {
        return List.of(app, prometheus, alertmanager, pushgateway);
    }
}
