package dev.binnacle.app.mesh;

import java.util.function.Consumer;

/** Is told each new state of the mesh, one after the other, on the thread that made it. */
public interface MeshListener extends Consumer<MeshState> {}
