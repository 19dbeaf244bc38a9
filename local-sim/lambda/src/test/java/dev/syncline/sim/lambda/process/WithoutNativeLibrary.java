// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The functions of a test class run as on a machine for which AWS's client has no library. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithoutNativeLibrary {}
