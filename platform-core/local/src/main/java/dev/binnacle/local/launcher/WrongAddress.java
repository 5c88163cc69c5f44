package dev.binnacle.local.launcher;

import dev.binnacle.local.instance.ListeningSockets;
import dev.binnacle.local.instance.ListeningSockets.Socket;
import dev.binnacle.local.instance.SocketOwner;
import dev.binnacle.local.pod.PodRuntime;
import dev.binnacle.local.process.SupervisedProcess;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds applications that listen on every address instead of their own, which takes the port from all other pods. */
final class WrongAddress {
    private WrongAddress() {}

    /** Returns a remark for each port that a pod's application opened on 0.0.0.0, or cannot use because somebody else did. */
    static List<String> of(List<PodRuntime> pods) {
        ListeningSockets sockets = ListeningSockets.now();
        return pods.stream()
                .flatMap(pod -> onAnyAddress(pod, sockets).flatMap(socket -> remark(pod, socket).stream()))
                .toList();
    }

    /** Returns the remarks on ports that the pods' own applications opened. */
    static List<String> own(List<PodRuntime> pods) {
        ListeningSockets sockets = ListeningSockets.now();
        return pods.stream()
                .flatMap(pod -> onAnyAddress(pod, sockets)
                        .filter(socket -> isOpenedBy(pod, socket))
                        .map(socket -> ownRemark(pod, socket)))
                .toList();
    }

    private static Stream<Socket> onAnyAddress(PodRuntime pod, ListeningSockets sockets) {
        return pod.applicationProcess() == null
                ? Stream.empty()
                : pod.pod().ports().values().stream().flatMap(port -> sockets.onAnyAddress(port).stream());
    }

    private static Optional<String> remark(PodRuntime pod, Socket socket) {
        if (isOpenedBy(pod, socket)) {
            return Optional.of(ownRemark(pod, socket));
        }
        return pod.applicationReady()
                ? Optional.empty()
                : Optional.of(pod.pod().id() + " cannot use port " + socket.port() + ": "
                        + SocketOwner.of(socket).orElse("a process of another user")
                        + " listens on that port of every address");
    }

    /** The process itself or one that it started: a command line may begin with a shell. */
    private static boolean isOpenedBy(PodRuntime pod, Socket socket) {
        SupervisedProcess application = pod.applicationProcess();
        long pid = application == null ? 0 : application.state().pid();
        return SocketOwner.pidOf(socket).flatMap(ProcessHandle::of).stream()
                .flatMap(owner -> Stream.iterate(
                                Optional.of(owner), Optional::isPresent, each -> each.flatMap(ProcessHandle::parent))
                        .flatMap(Optional::stream))
                .anyMatch(each -> each.pid() == pid);
    }

    private static String ownRemark(PodRuntime pod, Socket socket) {
        return pod.pod().id() + " listens on 0.0.0.0:" + socket.port() + "; it must listen on the address in $HOST ("
                + pod.pod().appIp() + "), where it does not collide with sidecars and other pods";
    }
}
