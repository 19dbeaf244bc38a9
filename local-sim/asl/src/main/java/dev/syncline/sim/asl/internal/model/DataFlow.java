// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import org.jspecify.annotations.Nullable;

/**
 * How a state shapes its input and output. A JSONata state uses only {@code arguments}, {@code
 * output} and {@code assign}.
 *
 * @param inputPath InputPath
 * @param arguments Parameters or Arguments
 * @param resultSelector ResultSelector
 * @param resultPath ResultPath
 * @param outputPath OutputPath
 * @param output Output
 * @param assign Assign
 */
public record DataFlow(
    Selector inputPath,
    @Nullable PayloadTemplate arguments,
    @Nullable PayloadTemplate resultSelector,
    ResultTarget resultPath,
    Selector outputPath,
    @Nullable PayloadTemplate output,
    @Nullable PayloadTemplate assign) {}
