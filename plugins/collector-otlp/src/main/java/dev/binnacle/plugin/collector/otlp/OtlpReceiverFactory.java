package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Makes {@code collector-otlp}. */
public final class OtlpReceiverFactory implements ReceiverFactory {
    static final ConfigKey<String> HOST = new ConfigKey<>(
            "host", ValueType.TEXT, "127.0.0.1", "The address to listen on; there is no transport security");
    static final ConfigKey<Integer> GRPC_PORT =
            new ConfigKey<>("grpc-port", ValueType.INTEGER, "4317", "The port for gRPC; 0 takes a free one");
    static final ConfigKey<Integer> HTTP_PORT =
            new ConfigKey<>("http-port", ValueType.INTEGER, "4318", "The port for HTTP; 0 takes a free one");
    static final ConfigKey<Integer> MAX_REQUEST_BYTES = new ConfigKey<>(
            "max-request-bytes", ValueType.INTEGER, "4194304", "The most bytes of one request, unpacked");
    static final ConfigKey<Integer> MAX_REQUESTS = new ConfigKey<>(
            "max-requests",
            ValueType.INTEGER,
            "16",
            "How many requests may come in at once; others are told to come again");
    static final ConfigKey<Duration> REQUEST_TIMEOUT =
            new ConfigKey<>("request-timeout", ValueType.DURATION, "10s", "How long one request may take to come in");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.COLLECTOR,
                "collector-otlp",
                Stability.BETA,
                "Takes spans and metrics by OTLP, over gRPC and HTTP",
                List.of(HOST, GRPC_PORT, HTTP_PORT, MAX_REQUEST_BYTES, MAX_REQUESTS, REQUEST_TIMEOUT));
    }

    @Override
    public Receiver create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        requirePositive(MAX_REQUEST_BYTES, settings.get(MAX_REQUEST_BYTES));
        requirePositive(MAX_REQUESTS, settings.get(MAX_REQUESTS));
        return new OtlpReceiver(
                settings.get(HOST),
                settings.get(GRPC_PORT),
                settings.get(HTTP_PORT),
                new Limits(
                        settings.get(MAX_REQUEST_BYTES),
                        new Semaphore(settings.get(MAX_REQUESTS)),
                        settings.get(REQUEST_TIMEOUT)),
                new Accounts(context.meters()),
                context.log());
    }

    private static void requirePositive(ConfigKey<Integer> key, int value) throws InvalidConfigException {
        if (value < 1) {
            throw new InvalidConfigException(List.of(
                    new ConfigProblem(key.name(), "'" + value + "' is not valid", "Write a number greater than 0")));
        }
    }
}
