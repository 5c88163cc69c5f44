package @package@;

import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.testkit.CollectorContract;
import dev.binnacle.spi.testkit.FaultyServer;
import dev.binnacle.spi.testkit.FaultyServer.Behaviour;
import dev.binnacle.spi.testkit.TestContext;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Runs the contract of every collector; add tests of what this one reads beside it. */
class @Class@CollectorContractTest extends CollectorContract {
    private final FaultyServer source = new FaultyServer(request -> "42\n");

    @AfterEach
    void stop() {
        source.close();
    }

    @Override
    protected CollectorFactory factory() {
        return new @Class@CollectorFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", source.url().toString());
    }

    @Override
    protected void arrange(TestContext context, Source behaviour) {
        source.behave(switch (behaviour) {
            case ANSWERING -> Behaviour.ANSWERING;
            case UNREACHABLE -> Behaviour.DEAD;
            case HANGING -> Behaviour.HANGING;
            case LYING -> Behaviour.LYING;
        });
    }
}
