package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Makes {@code collector-otlp}. */
public final class OtlpReceiverFactory implements ReceiverFactory {
    static final ConfigKey<String> HOST = new ConfigKey<>(
            "host", ValueType.TEXT, "127.0.0.1", "The address to listen on; there is no transport security");
    static final ConfigKey<Integer> GRPC_PORT =
            new ConfigKey<>("grpc-port", ValueType.between(0, 65535), "4317", "The port for gRPC; 0 takes a free one");
    static final ConfigKey<Integer> HTTP_PORT =
            new ConfigKey<>("http-port", ValueType.between(0, 65535), "4318", "The port for HTTP; 0 takes a free one");
    static final ConfigKey<Integer> MAX_REQUEST_BYTES = new ConfigKey<>(
            "max-request-bytes", ValueType.atLeast(1), "4194304", "The most bytes of one request, unpacked");
    static final ConfigKey<Integer> MAX_REQUESTS = new ConfigKey<>(
            "max-requests",
            ValueType.atLeast(1),
            "16",
            "How many requests may come in at once; others are told to come again");
    static final ConfigKey<Duration> REQUEST_TIMEOUT =
            new ConfigKey<>("request-timeout", ValueType.DURATION, "10s", "How long one request may take to come in");

    static final ConfigKey<Optional<URI>> FORWARD_ENDPOINT = new ConfigKey<>(
            "forward-endpoint",
            new ValueType<>("an http or https URL, or none", OtlpReceiverFactory::endpoint),
            "none",
            "The OTLP endpoint, by HTTP, to which all that comes is passed on");
    static final ConfigKey<List<String>> FORWARD_HEADERS = new ConfigKey<>(
            "forward-headers",
            ValueType.secret(ValueType.LIST),
            "",
            "Headers for that endpoint: name=value, with commas between");
    static final ConfigKey<Integer> FORWARD_QUEUE_BYTES = new ConfigKey<>(
            "forward-queue-bytes",
            ValueType.atLeast(1),
            "16777216",
            "The most bytes that wait to be passed on; the oldest make room");
    static final ConfigKey<Duration> FORWARD_TIMEOUT = new ConfigKey<>(
            "forward-timeout", ValueType.DURATION, "10s", "How long one try to pass something on may take");
    static final ConfigKey<Duration> FORWARD_GIVE_UP = new ConfigKey<>(
            "forward-give-up", ValueType.DURATION, "5m", "What could not be passed on for so long is dropped");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.COLLECTOR,
                "collector-otlp",
                Stability.BETA,
                "Takes spans and metrics by OTLP, over gRPC and HTTP",
                List.of(
                        HOST,
                        GRPC_PORT,
                        HTTP_PORT,
                        MAX_REQUEST_BYTES,
                        MAX_REQUESTS,
                        REQUEST_TIMEOUT,
                        FORWARD_ENDPOINT,
                        FORWARD_HEADERS,
                        FORWARD_QUEUE_BYTES,
                        FORWARD_TIMEOUT,
                        FORWARD_GIVE_UP),
                Capabilities.hosts("{host}:{grpc-port}", "{host}:{http-port}", "{forward-endpoint}"));
    }

    @Override
    public Receiver create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        return new OtlpReceiver(
                settings.get(HOST),
                settings.get(GRPC_PORT),
                settings.get(HTTP_PORT),
                new Limits(
                        settings.get(MAX_REQUEST_BYTES),
                        new Semaphore(settings.get(MAX_REQUESTS)),
                        settings.get(REQUEST_TIMEOUT)),
                new Desks(context, new Accounts(context.meters()), forwarding(settings)),
                context.log());
    }

    private static Optional<Forwarding> forwarding(Settings settings) throws InvalidConfigException {
        var headers = Forwarding.headers(settings.get(FORWARD_HEADERS), FORWARD_HEADERS.name());
        var endpoint = settings.get(FORWARD_ENDPOINT);
        if (endpoint.isPresent() && isOwn(endpoint.get(), settings)) {
            throw new InvalidConfigException(List.of(new ConfigProblem(
                    FORWARD_ENDPOINT.name(),
                    endpoint.get() + " is this receiver itself",
                    "Name another one: everything would go round for ever")));
        }
        return endpoint.map(where -> new Forwarding(
                where,
                headers,
                settings.get(FORWARD_QUEUE_BYTES),
                settings.get(FORWARD_TIMEOUT),
                settings.get(FORWARD_GIVE_UP)));
    }

    private static boolean isOwn(URI endpoint, Settings settings) {
        String host = endpoint.getHost();
        boolean same = host.equals(settings.get(HOST))
                || host.equals("localhost") && settings.get(HOST).equals("127.0.0.1");
        return same && endpoint.getPort() == settings.get(HTTP_PORT);
    }

    private static Optional<URI> endpoint(String text) {
        return text.equals("none")
                ? Optional.empty()
                : Optional.of(ValueType.URL.parser().apply(text));
    }
}
