package dev.binnacle.plugin.exporter.file;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.util.List;

/**
 * Appends each batch to a file. A batch is there as a whole or not at all, except after a kill or an interrupt: its first lines may
 * then come twice, the line that was cut is taken away.
 */
final class FileExporter implements Exporter {
    private final RotatedFile file;
    private final Meters.Counter bytes;
    private final Meters.Counter rotations;
    private final Meters.Counter repairs;

    FileExporter(RotatedFile file, Meters meters) {
        this.file = file;
        this.bytes = meters.counter("written_bytes", "Bytes written");
        this.rotations = meters.counter("rotated_files", "Files that were put aside because they were full");
        this.repairs = meters.counter("cut_lines", "Lines without an end that were taken away before writing on");
    }

    @Override
    public void export(List<Sample> batch) throws ExportException {
        try {
            var written = file.append(JsonLines.of(batch));
            bytes.add(written.bytes());
            rotations.add(written.rotated() ? 1 : 0);
            repairs.add(written.repaired() ? 1 : 0);
        } catch (IOException e) {
            // A full disk, a folder that is not there yet: whoever looks after the machine may mend it.
            throw new ExportException(FailureKind.TRANSIENT, file.path() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // Nothing is open between two batches, so that others may move the file away.
    }
}
