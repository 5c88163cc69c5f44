package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.testkit.ReceiverContract;
import java.util.Map;

class OtlpReceiverContractTest extends ReceiverContract {
    @Override
    protected ReceiverFactory factory() {
        return new OtlpReceiverFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("grpc-port", "0", "http-port", "0");
    }

    @Override
    protected void send(Receiver receiver) {
        try (var sdk = Sdk.overGrpc((OtlpReceiver) receiver)) {
            sdk.span("one").end();
            sdk.mustFlush();
        }
    }

    @Override
    protected Map<String, String> sameAddress(Receiver receiver) {
        var otlp = (OtlpReceiver) receiver;
        return Map.of("grpc-port", Integer.toString(otlp.grpcPort()), "http-port", Integer.toString(otlp.httpPort()));
    }
}
