namespace Platform.Features.Demo.Domain;

/// <summary>Throws that look random and are the same in every run: a demo shows the same numbers each time it is made (splitmix64).</summary>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to <paramref name="sides"/>.</summary>
    public int Throw(int sides)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)sides);
    }

    /// <summary>One of a list.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[Throw(from.Count)];
}
