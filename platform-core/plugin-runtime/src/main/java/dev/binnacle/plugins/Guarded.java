package dev.binnacle.plugins;

import dev.binnacle.spi.ExtensionException;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.collect.Intake;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import dev.binnacle.spi.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Calls one extension through its plugin's {@link Guard} and keeps its state up to date: OK after a call that succeeded,
 * Degraded after one that failed, Failed while one hangs.
 *
 * <p>What comes out is the SPI's own: results are copied on the plugin's thread, and any mistake of the plugin becomes a
 * transient failure that names it.
 */
final class Guarded {
    private final Guard guard;
    private final ExtensionUnit unit;
    private final Duration limit;
    private final Gate oneAtATime = Gate.oneAtATime();

    Guarded(Guard guard, ExtensionUnit unit, Duration limit) {
        this.guard = guard;
        this.unit = unit;
        this.limit = limit;
    }

    Collector collector(Collector plugin) {
        return new Collector() {
            @Override
            public List<Sample> collect(Instant at) throws CollectionException, InterruptedException {
                try {
                    return call(oneAtATime, () -> List.copyOf(plugin.collect(at)));
                } catch (CollectionException | InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    throw new CollectionException(FailureKind.TRANSIENT, describe(e), e);
                }
            }

            @Override
            public void close() {
                // The runtime closes what it started.
            }
        };
    }

    Receiver receiver(Receiver plugin) {
        return new Receiver() {
            @Override
            public void start(Intake intake) throws CollectionException, InterruptedException {
                try {
                    call(oneAtATime, () -> {
                        plugin.start(intake);
                        return true;
                    });
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    // It does not listen, and nobody calls it again before it was made anew.
                    unit.become(ExtensionState.FAILED, describe(e));
                    throw e instanceof CollectionException foreseen
                            ? foreseen
                            : new CollectionException(FailureKind.TRANSIENT, describe(e), e);
                }
            }

            @Override
            public void close() {
                // The runtime closes what it started.
            }
        };
    }

    Exporter exporter(Exporter plugin) {
        return new Exporter() {
            @Override
            public void export(List<Sample> batch) throws ExportException, InterruptedException {
                try {
                    call(oneAtATime, () -> {
                        plugin.export(batch);
                        return true;
                    });
                } catch (ExportException | InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    throw new ExportException(FailureKind.TRANSIENT, describe(e), e);
                }
            }

            @Override
            public void close() {
                // The runtime closes what it started.
            }
        };
    }

    ConfigGenerator generator(ConfigGenerator plugin) {
        return new ConfigGenerator() {
            @Override
            public List<GeneratedFile> generate(List<SourceFile> manifests) throws GenerationException {
                return files(() -> plugin.generate(manifests));
            }

            @Override
            public List<GeneratedFile> complete(List<GeneratedFile> all) throws GenerationException {
                return files(() -> plugin.complete(all));
            }
        };
    }

    /** Runs one tick of a timer; a failure is reported as the extension's state and in the log of the caller. */
    void tick(Gate gate, Runnable task) throws Exception {
        call(gate, () -> {
            task.run();
            return true;
        });
    }

    /** Calls something of the extension that may run several times at once. */
    <T> T call(Callable<T> work) throws Exception {
        return call(Gate.OPEN, work);
    }

    private List<GeneratedFile> files(Callable<List<GeneratedFile>> work) throws GenerationException {
        try {
            return call(Gate.OPEN, () -> List.copyOf(work.call()));
        } catch (GenerationException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GenerationException("interrupted while " + unit.id() + " worked", e);
        } catch (Exception e) {
            throw new GenerationException(describe(e), e);
        }
    }

    private <T> T call(Gate gate, Callable<T> work) throws Exception {
        try {
            T result = guard.call(limit, gate, work);
            unit.succeeded();
            return result;
        } catch (InterruptedException e) {
            throw e;
        } catch (GateClosedException e) {
            unit.failed(e.getMessage(), true);
            throw e;
        } catch (Exception e) {
            unit.failed(describe(e), false);
            throw e;
        }
    }

    static String describe(Exception failure) {
        return switch (failure) {
            case ExtensionException foreseen -> String.valueOf(foreseen.getMessage());
            case GuardException broken -> String.valueOf(broken.getMessage());
            default -> "threw " + failure;
        };
    }
}
