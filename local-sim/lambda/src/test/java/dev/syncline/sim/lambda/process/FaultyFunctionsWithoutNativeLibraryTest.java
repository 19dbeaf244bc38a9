// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

/** The same as {@link FaultyFunctionsTest}, with Java code in place of the native library. */
@WithoutNativeLibrary
class FaultyFunctionsWithoutNativeLibraryTest extends FaultyFunctionsTest {}
