using System.Diagnostics.CodeAnalysis;

namespace Platform.Primitives;

/// <summary>A value, or the <see cref="Problem"/> that stands in its place.</summary>
/// <typeparam name="T">What there is on success.</typeparam>
public sealed class Result<T>
{
    private Result(T? value, Problem? problem) => (Value, Problem) = (value, problem);

    /// <summary>The value; null on failure.</summary>
    public T? Value { get; }

    /// <summary>What went wrong; null on success.</summary>
    public Problem? Problem { get; }

    /// <summary>True where there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Ok => Problem is null;

    /// <summary>The value; throws where there is none. For callers that have checked, and for tests.</summary>
    public T Unwrap() => Ok ? Value : throw new InvalidOperationException($"{Problem.Code}: {Problem.Message}");

    /// <summary>The same problem, or the value made into another.</summary>
    public Result<TOther> Map<TOther>(Func<T, TOther> make) => Ok ? make(Value) : Problem;

    /// <summary>Wraps a value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps a problem.</summary>
    public static implicit operator Result<T>(Problem problem) => new(default, problem);
}

/// <summary>The value of an action that has nothing to return.</summary>
public sealed record Done
{
    /// <summary>The one value.</summary>
    public static readonly Done Value = new();

    /// <summary>A successful result with nothing in it.</summary>
    public static readonly Result<Done> Ok = Value;
}
