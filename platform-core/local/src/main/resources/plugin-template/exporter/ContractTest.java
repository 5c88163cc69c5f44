package @package@;

import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.testkit.ExporterContract;
import dev.binnacle.spi.testkit.FaultyServer;
import dev.binnacle.spi.testkit.FaultyServer.Behaviour;
import dev.binnacle.spi.testkit.TestContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;

/** Runs the contract of every exporter against a receiver that fails, answers late and dies. */
class @Class@ExporterContractTest extends ExporterContract {
    private final Map<String, Double> received = new ConcurrentHashMap<>();
    private final FaultyServer receiver = new FaultyServer(this::take);

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Override
    protected ExporterFactory factory() {
        return new @Class@ExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", receiver.url().toString());
    }

    @Override
    protected Map<String, Double> received(TestContext context) {
        return Map.copyOf(received);
    }

    @Override
    protected boolean inject(Fault fault) {
        receiver.behave(switch (fault) {
            case FAILS -> Behaviour.FAILING;
            case ANSWERS_LATE -> Behaviour.HANGING;
            case DIES -> Behaviour.DEAD;
        });
        return true;
    }

    @Override
    protected boolean breakReceiver() {
        return inject(Fault.DIES);
    }

    @Override
    protected void repairReceiver() {
        receiver.behave(Behaviour.ANSWERING);
    }

    private String take(String lines) {
        lines.lines().map(line -> line.split(" ", -1)).forEach(parts -> received.put(parts[0], Double.valueOf(parts[1])));
        return "";
    }
}
