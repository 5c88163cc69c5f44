package @package@;

import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.SourceFile;
import java.util.List;
import java.util.stream.Collectors;

/** Writes one file with the names of the manifests. */
final class @Class@Generator implements ConfigGenerator {
    private final String path;

    @Class@Generator(String path) {
        this.path = path;
    }

    @Override
    public List<GeneratedFile> generate(List<SourceFile> manifests) {
        // Sorted: the same manifests in any order give the same bytes.
        String names = manifests.stream().map(SourceFile::name).sorted().collect(Collectors.joining("\n"));
        return List.of(new GeneratedFile(path, "# Manifests of the mesh.\n" + names + "\n"));
    }
}
