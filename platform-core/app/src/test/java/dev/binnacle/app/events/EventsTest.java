package dev.binnacle.app.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final Event FIRST = new Event("tick", "1");

    private final Events events = new Events(new ObjectMapper());

    @Test
    void everyViewerIsToldWhatHappensFromThenOn() {
        events.publish("mesh", Map.of("revision", 1));
        var one = look(10);
        events.publish("changes", Map.of("id", "a\n\"b"));
        var other = look(10);
        events.publish("mesh", Map.of("revision", 2));

        assertThat(one.getItems())
                .containsExactly(
                        FIRST, new Event("changes", "{\"id\":\"a\\n\\\"b\"}"), new Event("mesh", "{\"revision\":2}"));
        assertThat(other.getItems()).containsExactly(FIRST, new Event("mesh", "{\"revision\":2}"));
    }

    @Test
    void whoTakesNothingIsCutOffAndHurtsNobody() {
        var quick = look(Long.MAX_VALUE);
        var slow = look(0);

        for (int i = 0; i < 2 * Events.BEHIND; i++) {
            events.publish("mesh", Map.of("revision", i));
        }

        slow.assertFailedWith(BackPressureFailure.class);
        assertThat(events.viewers()).isEqualTo(1);
        assertThat(quick.getItems()).hasSize(1 + 2 * Events.BEHIND);
    }

    @Test
    void aPlaceIsGivenBack() {
        var viewers = new ArrayList<AssertSubscriber<Event>>();
        for (int i = 0; i < Events.MOST; i++) {
            viewers.add(look(1));
        }
        assertThat(events.look(() -> FIRST)).isEmpty();

        viewers.getFirst().cancel();

        look(1).assertItems(FIRST);
        assertThat(events.viewers()).isEqualTo(Events.MOST);
    }

    @Test
    void whoIsGoneBeforeTheFirstEventHasGivenThePlaceBack() {
        events.look(() -> FIRST).orElseThrow().subscribe().withSubscriber(new AssertSubscriber<>(1, true));

        assertThat(events.viewers()).isZero();
    }

    @Test
    void aNameIsOneWordAndWhatIsSaidIsJson() {
        look(1);

        assertThatThrownBy(() -> events.publish("tick\ndata: x", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an event has a name such as changes");
        assertThatThrownBy(() -> events.publish("tick", new Object())).isInstanceOf(IllegalArgumentException.class);
    }

    private AssertSubscriber<Event> look(long wanted) {
        return events.look(() -> FIRST).orElseThrow().subscribe().withSubscriber(AssertSubscriber.create(wanted));
    }
}
