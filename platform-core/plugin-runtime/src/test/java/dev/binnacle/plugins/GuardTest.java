package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final CountDownLatch end = new CountDownLatch(1);
    private final Guard guard = new Guard("test", GuardTest.class.getClassLoader(), 2, CallMarks.Mark.NONE);

    @AfterEach
    void close() {
        end.countDown();
        guard.close();
    }

    @Test
    void aCallMayFollowAnotherAtOnce() throws Exception {
        var gate = Gate.oneAtATime();
        for (int i = 0; i < 20_000; i++) {
            int expected = i;
            assertThat(guard.call(LONG, gate, () -> expected)).isEqualTo(i);
        }
    }

    @Test
    void workRunsOnThePluginsThreadsWithItsClassLoader() throws Exception {
        assertThat(guard.call(LONG, Gate.OPEN, () -> Thread.currentThread().getName()))
                .startsWith("plugin-test-");
        assertThat(guard.call(LONG, Gate.OPEN, () -> Thread.currentThread().getContextClassLoader()))
                .isSameAs(GuardTest.class.getClassLoader());
        assertThat(guard.call(LONG, Gate.OPEN, () -> Thread.currentThread().isVirtual()))
                .isFalse();
    }

    @Test
    void callsThatNeverReturnTakeTheThreadsOfThePluginOnly() throws Exception {
        // On a busy machine one may be given up before its thread has begun.
        Awaitility.await().until(() -> {
            assertThatThrownBy(() -> guard.call(SOON, Gate.OPEN, this::stubborn))
                    .isInstanceOf(GuardException.class);
            return guard.abandonedCalls() == 2;
        });
        // The threads are taken: a further call waits in the queue and is given up there.
        assertThatThrownBy(() -> guard.call(SOON, Gate.OPEN, () -> true)).hasMessageContaining("did not answer");

        end.countDown();
        Awaitility.await().until(() -> guard.abandonedCalls() == 0);
        assertThat(guard.call(LONG, Gate.OPEN, () -> true)).isTrue();
    }

    @Test
    void aCallGivenUpInTheQueueLeavesItsGate() {
        var gate = Gate.oneAtATime();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> guard.call(SOON, Gate.OPEN, this::stubborn))
                    .isInstanceOf(GuardException.class);
        }
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> guard.call(SOON, gate, () -> true)).hasMessageContaining("did not answer");
        }
    }

    @Test
    void whatTheWorkInterruptsIsNotItsCaller() {
        assertThatThrownBy(() -> guard.call(LONG, Gate.OPEN, () -> {
                    throw new InterruptedException("mine");
                }))
                .isInstanceOf(GuardException.class)
                .hasMessage("was interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aClosedGuardLetsNothingIn() {
        guard.close();
        assertThatThrownBy(() -> guard.call(LONG, Gate.OPEN, () -> true)).hasMessage("is stopped");
    }

    private boolean stubborn() {
        while (true) {
            try {
                return end.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // Ignored: that is what this test is about.
            }
        }
    }
}
