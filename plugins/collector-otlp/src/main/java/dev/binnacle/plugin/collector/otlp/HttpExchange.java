package dev.binnacle.plugin.collector.otlp;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The requests of one connection, one after the other. All of it runs on the network's only thread. */
final class HttpExchange extends SimpleChannelInboundHandler<HttpObject> {
    /** A request that is coming in. */
    private record Incoming(Signal signal, boolean keepAlive, HttpBody body) {}

    private final Limits limits;
    private final Desk desk;
    private @Nullable Incoming incoming;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean hasPermit;
    private boolean refused;

    HttpExchange(Limits limits, Desk desk) {
        this.limits = limits;
        this.desk = desk;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (refused) {
            // What still comes of a refused request is not looked at; its sender should read the answer first.
            closeAtEnd(context, message);
        } else if (message.decoderResult().isFailure()) {
            refuse(
                    context,
                    Refusal.MALFORMED,
                    "it is no HTTP: " + message.decoderResult().cause().getMessage());
        } else {
            if (message instanceof HttpRequest request) {
                begin(context, request);
            }
            if (message instanceof HttpContent content && !refused) {
                add(context, content);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            close(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        var admission = HttpAdmission.of(request, limits.requestBytes());
        switch (admission) {
            case HttpAdmission.Denied(var reason, var why) -> refuse(context, reason, why);
            case HttpAdmission.Granted(var signal, var packed) -> {
                hasPermit = limits.requests().tryAcquire();
                if (hasPermit) {
                    incoming = new Incoming(
                            signal, HttpUtil.isKeepAlive(request), new HttpBody(packed, limits.requestBytes()));
                    watch(context);
                } else {
                    refuse(context, Refusal.BUSY, "too many requests at once");
                }
            }
        }
    }

    private void watch(ChannelHandlerContext context) {
        long millis = limits.patience().toMillis();
        deadline = context.executor()
                .schedule(
                        () -> refuse(context, Refusal.TOO_SLOW, "the request did not come within " + millis + " ms"),
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private void add(ChannelHandlerContext context, HttpContent content) {
        var request = incoming;
        if (request == null) {
            return;
        }
        try {
            request.body().add(ByteBufUtil.getBytes(content.content()));
            if (content instanceof LastHttpContent) {
                byte[] body = request.body().read();
                end();
                answer(context, desk.take(request.signal(), body), request.keepAlive());
            }
        } catch (HttpBody.UnreadableException e) {
            refuse(context, e.reason(), String.valueOf(e.getMessage()));
            closeAtEnd(context, content);
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal reason, String why) {
        end();
        refused = true;
        answer(context, desk.refuse(reason, why), true);
        // Whoever does not end by itself is ended.
        deadline = context.executor()
                .schedule(() -> close(context), limits.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void closeAtEnd(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof LastHttpContent) {
            close(context);
        }
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.close();
    }

    private void answer(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
        var response = switch (answer) {
            case Answer.Taken(var message) -> response(200, message.toByteArray());
            case Answer.Refused(var reason, var why) -> refusal(reason, why);
        };
        HttpUtil.setKeepAlive(response, keepAlive && !refused);
        var written = context.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static FullHttpResponse refusal(Refusal reason, String why) {
        var status = com.google.rpc.Status.newBuilder()
                .setCode(reason.code().getNumber())
                .setMessage(why)
                .build();
        var response = response(reason.httpStatus(), status.toByteArray());
        if (reason.mayComeAgain()) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, Refusal.RETRY_SECONDS);
        }
        return response;
    }

    private static FullHttpResponse response(int status, byte[] body) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpAdmission.PROTOBUF);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return response;
    }

    private void end() {
        incoming = null;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
        if (hasPermit) {
            hasPermit = false;
            limits.requests().release();
        }
    }
}
