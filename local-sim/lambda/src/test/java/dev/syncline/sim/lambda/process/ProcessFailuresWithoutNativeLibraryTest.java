// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

/** The same as {@link ProcessFailuresTest}, with Java code in place of the native library. */
@WithoutNativeLibrary
class ProcessFailuresWithoutNativeLibraryTest extends ProcessFailuresTest {}
