// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.bridge.correlate;

import org.jspecify.annotations.NullMarked;
