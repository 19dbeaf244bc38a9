// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a simulator. Immutable.
 *
 * @param work where unpacked functions, the CA and logs go; owned by the simulator
 * @param data keeps the state between runs; null to keep nothing
 * @param skipDamaged whether to start without the damaged parts of {@code data}; otherwise a
 *     damaged directory is refused
 */
public record Directories(Path work, @Nullable Path data, boolean skipDamaged) {}
