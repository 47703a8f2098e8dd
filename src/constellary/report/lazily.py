"""Results that are computed when they are first asked for, once, however many threads ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from threading import Lock, RLock
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
K = TypeVar("K")


class once(Generic[T]):  # noqa: N801 - read as a word before a method, like `property`
    """A property that is computed once for each object; who asks meanwhile waits for it.

    Examples
    --------
    >>> class Study:
    ...     @once
    ...     def size(self):
    ...         print("counting")
    ...         return 3
    >>> study = Study()
    >>> study.size + study.size
    counting
    6
    """

    _making = Lock()

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, found: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, found: object, owner: type) -> T: ...
    def __get__(self, found: object | None, owner: type) -> once[T] | T:
        """Return the result, made now if it is not there; Python finds it without this from then on."""
        if found is None:
            return self
        kept = found.__dict__
        with once._making:
            lock: RLock = kept.setdefault(f"_lock_{self._name}", RLock())
        with lock:
            if self._name not in kept:
                kept[self._name] = self._make(found)
            made: T = kept[self._name]
            return made


class Lazily(Mapping[K, T]):
    """A mapping of known keys whose values are computed when they are first asked for.

    Examples
    --------
    >>> squares = Lazily([2, 3], lambda number: number**2)
    >>> list(squares), squares[3]
    ([2, 3], 9)
    """

    def __init__(self, keys: Iterator[K] | list[K] | tuple[K, ...], make: Callable[[K], T]) -> None:
        self._make = make
        self._found: dict[K, T] = {}
        self._locks = {key: RLock() for key in keys}

    def __getitem__(self, key: K) -> T:
        with self._locks[key]:
            if key not in self._found:
                self._found[key] = self._make(key)
            return self._found[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._locks)

    def __len__(self) -> int:
        return len(self._locks)
