package dev.binnacle.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.ExtensionFactory;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GeneratorFactory;
import dev.binnacle.spi.generate.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every generator promises: a pure function with distinct paths. */
public abstract class GeneratorContract extends ExtensionContract<ConfigGenerator> {
    /** Returns the manifests that the contract generates from; none unless overridden. */
    protected List<SourceFile> manifests() {
        return List.of();
    }

    @Override
    final Class<? extends ExtensionFactory<?>> service() {
        return GeneratorFactory.class;
    }

    @Test
    void theSameInputGivesTheSameBytes() throws Exception {
        assertThat(generate(manifests())).isNotEmpty().isEqualTo(generate(manifests()));
    }

    @Test
    void theOrderOfTheManifestsDoesNotMatter() throws Exception {
        assertThat(generate(new ArrayList<>(manifests()).reversed())).isEqualTo(generate(manifests()));
    }

    @Test
    void everyPathComesOnce() throws Exception {
        assertThat(generate(manifests())).extracting(GeneratedFile::path).doesNotHaveDuplicates();
    }

    @Test
    void severalThreadsMayCallAtOnce() throws Exception {
        try (var context = newContext();
                var threads = Executors.newFixedThreadPool(4)) {
            var generator = factory().create(context);
            Callable<List<GeneratedFile>> call = () -> generator.generate(manifests());
            var results = new ArrayList<List<GeneratedFile>>();
            for (Future<List<GeneratedFile>> future : threads.invokeAll(List.of(call, call, call, call))) {
                results.add(future.get());
            }
            assertThat(results).allMatch(results.getFirst()::equals);
        }
    }

    private List<GeneratedFile> generate(List<SourceFile> from) throws Exception {
        try (var context = newContext()) {
            var generator = factory().create(context);
            var files = new ArrayList<>(generator.generate(from));
            files.addAll(generator.complete(List.copyOf(files)));
            return files;
        }
    }
}
