// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.lambda.process.WithoutNativeLibrary;

/** The same as {@link HandlerFormsTest}, with Java code in place of the native library. */
@WithoutNativeLibrary
class HandlerFormsWithoutNativeLibraryTest extends HandlerFormsTest {}
