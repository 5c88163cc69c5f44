package dev.binnacle.plugin.collector.otlp;

import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call. All of it runs on the network's only thread. */
final class GrpcExchange extends ServerCall.Listener<GrpcBody> {
    static final String TOO_LARGE = "the message is larger than allowed, unpacked";

    private final ServerCall<GrpcBody, byte[]> call;
    private final Signal signal;
    private final Semaphore permits;
    private final Desk desk;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable GrpcBody body;
    private boolean answered;

    GrpcExchange(ServerCall<GrpcBody, byte[]> call, Signal signal, Semaphore permits, Desk desk) {
        this.call = call;
        this.signal = signal;
        this.permits = permits;
        this.desk = desk;
    }

    /** Lets the message come; the caller has taken a permit. */
    void begin(EventLoopGroup network, Duration patience) {
        deadline = network.schedule(
                () -> refuse(Refusal.TOO_SLOW, "the message did not come within " + patience.toMillis() + " ms"),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        // One message, and its end.
        call.request(2);
    }

    void refuse(Refusal reason, String why) {
        if (!answered) {
            answer(desk.refuse(reason, why));
        }
    }

    @Override
    public void onMessage(GrpcBody message) {
        body = message;
    }

    @Override
    public void onHalfClose() {
        if (!answered) {
            answer(
                    switch (body) {
                        case null -> desk.refuse(Refusal.MALFORMED, "there is no message");
                        case GrpcBody.Bytes(byte[] bytes) -> desk.take(signal, bytes);
                        case GrpcBody.Unreadable(Refusal reason, String why) -> desk.refuse(reason, why);
                    });
        }
    }

    @Override
    public void onCancel() {
        end();
    }

    @Override
    public void onComplete() {
        end();
    }

    private void answer(Answer answer) {
        answered = true;
        end();
        switch (answer) {
            case Answer.Taken(var message) -> {
                call.sendHeaders(new Metadata());
                call.sendMessage(message.toByteArray());
                call.close(io.grpc.Status.OK, new Metadata());
            }
            case Answer.Refused(var reason, var why) -> close(status(reason, why));
        }
    }

    private void close(StatusException refusal) {
        var trailers = refusal.getTrailers();
        call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    private static StatusException status(Refusal reason, String why) {
        var status = com.google.rpc.Status.newBuilder()
                .setCode(reason.code().getNumber())
                .setMessage(why);
        if (reason.mayComeAgain()) {
            status.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(Refusal.RETRY_SECONDS))
                    .build()));
        }
        return StatusProto.toStatusException(status.build());
    }

    private void end() {
        body = null;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
            permits.release();
        }
    }
}
