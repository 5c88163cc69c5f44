package dev.binnacle.app.events;

import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** What happens, as it happens. */
@Path("/api/v1/events")
@Tag(name = "insight")
public class EventsResource {
    private static final Logger LOG = Logger.getLogger(EventsResource.class);

    /** In milliseconds. */
    private static final long RECONNECT_DELAY = 2_000;

    private final Events events;
    private final Ticks ticks;

    EventsResource(Events events, Ticks ticks) {
        this.events = events;
        this.ticks = ticks;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "What happens, as server-sent events",
            description =
                    "`tick` says when to look again and at which time (`at`), so that all who look share one answer; the "
                            + "first comes at once. `mesh`: the configuration changed. `changes`: the change log grew. "
                            + "`alerts`: other alerts than before. A comment every ten seconds shows that the connection "
                            + "lives. Who does not take the events is cut off; more than a hundred viewers are refused "
                            + "with 503.")
    public Multi<OutboundSseEvent> events(@Context Sse sse, @Context HttpServerRequest request) {
        return events.look(() -> events.event("tick", ticks.now()))
                .orElseThrow(EventsResource::full)
                .map(event -> sent(sse, event))
                .onFailure()
                .invoke(tooSlow -> cutOff(request))
                .onFailure()
                .recoverWithCompletion();
    }

    private static OutboundSseEvent sent(Sse sse, Event event) {
        return event.equals(Event.HEARTBEAT)
                ? sse.newEventBuilder().comment("still here").build()
                : sse.newEventBuilder()
                        .name(event.name())
                        .data(event.data())
                        .reconnectDelay(RECONNECT_DELAY)
                        .build();
    }

    /** An end that is only written would wait behind what the viewer does not take. */
    private static void cutOff(HttpServerRequest request) {
        LOG.debugf("viewer cut off address=%s", request.remoteAddress());
        request.connection().close();
    }

    private static ProblemException full() {
        return new ProblemException(Problem.ofStatus(
                503,
                "Service Unavailable",
                "There are " + Events.MOST + " viewers already. Close some, or ask the other views now and then"));
    }
}
