// SPDX-License-Identifier: Apache-2.0
/**
 * Mapping templates in the Velocity Template Language, as AWS renders them: Apache Velocity 2.4.1,
 * set up so that it renders like Velocity 1.7, within bounds.
 *
 * <p>A template reaches only the variables that it is given, and of them only texts, numbers,
 * lists, maps and {@link dev.syncline.sim.vtl.TemplateObject}s, by the methods in {@code
 * SafeMethods}. {@code #include}, {@code #parse} and {@code #evaluate} are refused. Everything that
 * a template does is charged to a budget: blocks, method calls, characters, elements of collections
 * and steps of regular expressions.
 *
 * <p>A {@link dev.syncline.sim.vtl.TemplateDialect} has what one service adds: AppSync's {@code
 * #return} and its limit of loops.
 *
 * <p>Read {@link dev.syncline.sim.vtl.TemplateEngine} first. {@code BoundedRuntime} parses, {@code
 * RenderContext} holds variables, {@code GuardedUberspect} finds methods and properties.
 */
@NullMarked
package dev.syncline.sim.vtl;

import org.jspecify.annotations.NullMarked;
