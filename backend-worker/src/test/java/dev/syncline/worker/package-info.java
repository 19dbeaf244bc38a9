// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.worker;

import org.jspecify.annotations.NullMarked;
