// SPDX-License-Identifier: Apache-2.0
/**
 * Fixtures for tests of several modules: a scripted Event API, a signature check, recorded data.
 */
@NullMarked
package dev.syncline.testing;

import org.jspecify.annotations.NullMarked;
