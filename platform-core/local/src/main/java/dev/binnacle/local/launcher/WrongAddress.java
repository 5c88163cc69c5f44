package dev.binnacle.local.launcher;

import dev.binnacle.local.instance.ListeningSockets;
import dev.binnacle.local.instance.SocketOwner;
import dev.binnacle.local.pod.PodRuntime;
import dev.binnacle.local.process.SupervisedProcess;
import java.util.List;
import java.util.Optional;

/** Finds applications that listen on every address instead of their own, which takes the port from all other pods. */
final class WrongAddress {
    private WrongAddress() {}

    /** Returns a remark for each port of a pod that its application opened on 0.0.0.0. */
    static List<String> of(PodRuntime pod) {
        SupervisedProcess application = pod.applicationProcess();
        if (application == null || pod.applicationReady()) {
            return List.of();
        }
        ListeningSockets sockets = ListeningSockets.now();
        return pod.pod().ports().values().stream()
                .flatMap(port -> remark(pod, sockets, port, application.state().pid()).stream())
                .toList();
    }

    private static Optional<String> remark(PodRuntime pod, ListeningSockets sockets, int port, long pid) {
        return sockets.onAnyAddress(port)
                .map(socket -> SocketOwner.pidOf(socket)
                                .filter(owner -> owner == pid)
                                .isPresent()
                        ? pod.pod().id() + " listens on 0.0.0.0:" + port + "; it must listen on the address in $HOST ("
                                + pod.pod().appIp() + "), where it does not collide with sidecars and other pods"
                        : pod.pod().id() + " cannot use port " + port + ": "
                                + SocketOwner.of(socket).orElse("a process of another user")
                                + " listens on that port of every address");
    }
}
