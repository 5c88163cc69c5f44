package dev.binnacle.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private static final LeaseTimes TIMES =
            new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(20).toNanos());
    private final Server server = new Server();
    private final Leadership one = replica("one");
    private final Leadership two = replica("two");

    /** An API server with one lease. */
    private static final class Server implements LeaseStore {
        private LeaseRecord lease;
        private int version;
        private boolean isDown;
        private Runnable beforeWrite = () -> {};

        @Override
        public Optional<LeaseRecord> read() throws IOException {
            throwIfDown();
            return Optional.ofNullable(lease);
        }

        @Override
        public void write(LeaseRecord record) throws IOException {
            beforeWrite.run();
            throwIfDown();
            if (!record.version().equals(lease == null ? "" : lease.version())) {
                throw new IOException("the object has been modified");
            }
            lease = new LeaseRecord(
                    record.holder(),
                    record.duration(),
                    record.acquired(),
                    record.renewed(),
                    record.transitions(),
                    String.valueOf(++version));
        }

        private void throwIfDown() throws IOException {
            if (isDown) {
                throw new IOException("connection refused");
            }
        }
    }

    @Test
    void theFirstLeadsAndTheOtherKnowsWho() {
        one.look();
        two.look();

        assertThat(one.isLeading()).isTrue();
        assertThat(two.isLeading()).isFalse();
        assertThat(two.leader()).isEqualTo("one");
    }

    @Test
    void aLeaderThatDiesIsReplacedWhenItsLeaseIsOver() {
        one.look();
        two.look();
        pass(14);
        two.look();
        assertThat(two.isLeading()).isFalse();

        pass(1);
        two.look();
        assertThat(two.isLeading()).isTrue();
        assertThat(server.lease.transitions()).isEqualTo(1);
    }

    @Test
    void aLeaderThatCannotRenewStopsBeforeTheOtherBegins() {
        one.look();
        two.look();
        server.isDown = true;
        pass(9);
        one.look();
        assertThat(one.isLeading()).isTrue();

        pass(1);
        assertThat(one.isLeading()).isFalse();
        assertThat(one.trouble()).contains("connection refused");
        server.isDown = false;
        two.look();
        assertThat(two.isLeading()).isFalse();
    }

    @Test
    void aLeaderThatSleptStopsWithoutLooking() {
        one.look();
        pass(3600);

        assertThat(one.isLeading()).isFalse();
    }

    @Test
    void aRenewalThatTakesLongCountsFromItsBeginning() {
        server.beforeWrite = () -> pass(8);
        one.look();
        assertThat(one.isLeading()).isTrue();
        pass(2);

        assertThat(one.isLeading()).isFalse();
    }

    @Test
    void aLeaderThatRenewsLeadsOn() {
        one.look();
        two.look();
        for (int i = 0; i < 20; i++) {
            pass(2);
            one.look();
            two.look();
        }

        assertThat(one.isLeading()).isTrue();
        assertThat(two.isLeading()).isFalse();
        assertThat(server.lease.transitions()).isZero();
    }

    @Test
    void oneOfTwoThatTakeItAtOnceHasIt() {
        server.beforeWrite = () -> {
            server.beforeWrite = () -> {};
            two.look();
        };
        one.look();

        assertThat(two.isLeading()).isTrue();
        assertThat(one.isLeading()).isFalse();
    }

    @Test
    void oneThatHasLostItStopsAtTheNextLook() {
        one.look();
        server.lease = new LeaseRecord("two", TIMES.duration(), Instant.EPOCH, Instant.EPOCH, 1, "99");
        one.look();

        assertThat(one.isLeading()).isFalse();
        assertThat(one.leader()).isEqualTo("two");
    }

    @Test
    void clocksOfOthersDoNotMatter() {
        server.lease = new LeaseRecord("other", TIMES.duration(), Instant.EPOCH, Instant.EPOCH, 0, "7");
        server.version = 7;
        one.look();
        assertThat(one.isLeading()).isFalse();

        pass(15);
        one.look();
        assertThat(one.isLeading()).isTrue();
    }

    @Test
    void whoResignsLetsTheOtherBeginAtOnce() {
        one.look();
        two.look();
        one.resign();
        two.look();

        assertThat(one.isLeading()).isFalse();
        assertThat(two.isLeading()).isTrue();
    }

    @Test
    void whoDoesNotLeadResignsNothing() {
        one.look();
        two.look();
        two.resign();

        assertThat(server.lease.holder()).isEqualTo("one");
    }

    @Test
    void timesThatWouldLetTwoLeadAreRefused() {
        assertThatThrownBy(() -> new LeaseTimes(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1)))
                .hasMessageContaining("deadline");
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private Leadership replica(String name) {
        return new Leadership(server, name, TIMES, () -> Instant.EPOCH, nanos::get);
    }
}
