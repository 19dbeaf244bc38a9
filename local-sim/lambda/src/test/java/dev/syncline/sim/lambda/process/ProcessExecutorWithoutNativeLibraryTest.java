// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

/** The same as {@link ProcessExecutorTest}, with Java code in place of the native library. */
@WithoutNativeLibrary
class ProcessExecutorWithoutNativeLibraryTest extends ProcessExecutorTest {}
