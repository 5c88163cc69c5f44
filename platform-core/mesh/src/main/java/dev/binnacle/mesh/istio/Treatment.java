package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.ir.Cors;
import dev.binnacle.mesh.ir.Fault;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import dev.binnacle.mesh.ir.RouteAction.DirectResponse;
import dev.binnacle.mesh.ir.RouteAction.Retries;
import dev.binnacle.mesh.ir.RouteAction.Rewrite;
import dev.binnacle.mesh.ir.Share;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a rule does to requests beside choosing destinations; empty where it says nothing.
 *
 * @param answer is given instead of sending the request anywhere
 * @param retries with no attempts when they are switched off
 */
public record Treatment(
        Optional<DirectResponse> answer,
        Optional<Rewrite> rewrite,
        Optional<Duration> timeout,
        Optional<Retries> retries,
        Optional<Fault> fault,
        Mirroring mirroring,
        Optional<Cors> cors,
        Optional<Headers> headers) {

    /**
     * Who gets copies.
     *
     * @param destination the one of the field {@code mirror}
     * @param percent the deprecated share of {@code destination}
     * @param percentage the share of {@code destination}, which goes first
     * @param others those of the field {@code mirrors}
     */
    public record Mirroring(
            Optional<Destination> destination, Optional<Share> percent, Optional<Share> percentage, List<Copy> others) {

        /** Returns this, and what {@code root} says where this says nothing: as in Istio each field by itself. */
        Mirroring or(Mirroring root) {
            return new Mirroring(
                    destination.or(root::destination),
                    percent.or(root::percent),
                    percentage.or(root::percentage),
                    others.isEmpty() ? root.others : others);
        }

        /** Returns everyone who gets copies. */
        public List<Copy> all() {
            return written().filter(copy -> !copy.share().isNone()).toList();
        }

        /** Returns those, and everyone who is named although no copy goes there. */
        public Stream<Copy> written() {
            var one = destination.map(
                    d -> new Copy(d, percentage.or(() -> percent).orElse(Share.ALL)));
            return Stream.concat(one.stream(), others.stream());
        }
    }

    /** Copies of a share of the requests. */
    public record Copy(Destination destination, Share share) {
        /** Returns the same for another destination. */
        public Copy to(Destination other) {
            return new Copy(other, share);
        }
    }

    /**
     * Changes to headers.
     *
     * @param authority the host that they set, which is a rewrite in Envoy
     */
    public record Headers(HeaderChanges changes, Optional<String> authority) {
        /** Changes nothing. */
        static final Headers NONE = new Headers(HeaderChanges.NONE, Optional.empty());

        private static final Set<String> HOST = Set.of("host", ":authority");

        /** Returns the changes, of which those to the host are one of their own. */
        public static Headers of(HeaderChanges changes) {
            return new Headers(withoutHost(changes), host(changes));
        }

        /** Tells whether this header is the host of the request. */
        static boolean isHost(String header) {
            return HOST.contains(header.toLowerCase(Locale.ROOT));
        }

        private static Optional<String> host(HeaderChanges changes) {
            return Stream.of(changes.request().set(), changes.request().add())
                    .flatMap(all -> all.entrySet().stream())
                    .filter(e -> isHost(e.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }

        private static HeaderChanges withoutHost(HeaderChanges changes) {
            var set = new TreeMap<>(changes.request().set());
            set.keySet().removeIf(Headers::isHost);
            var add = new TreeMap<>(changes.request().add());
            add.keySet().removeIf(Headers::isHost);
            return new HeaderChanges(
                    new Operations(
                            Map.copyOf(set), Map.copyOf(add), changes.request().remove()),
                    changes.response());
        }
    }

    /** Returns this, and what {@code root} says where this says nothing. */
    public Treatment or(Treatment root) {
        return new Treatment(
                answer.or(root::answer),
                rewrite.or(root::rewrite),
                timeout.or(root::timeout),
                retries.or(root::retries),
                fault.or(root::fault),
                mirroring.or(root.mirroring),
                cors.or(root::cors),
                headers.or(root::headers));
    }

    /** Returns the same with other copies. */
    public Treatment withMirroring(Mirroring other) {
        return new Treatment(answer, rewrite, timeout, retries, fault, other, cors, headers);
    }

    /** Returns the changes to headers but for the host. */
    public HeaderChanges headerChanges() {
        return headers.orElse(Headers.NONE).changes();
    }

    /** Returns the changes to path and host: the host's may also stand among those of headers. */
    public Rewrite rewriteWithHost() {
        var written = rewrite.orElse(Rewrite.NONE);
        return new Rewrite(
                written.prefix(),
                written.regex(),
                written.host().or(() -> headers.orElse(Headers.NONE).authority()));
    }
}
