using System.Diagnostics.CodeAnalysis;

namespace VolunteerHub.Domain.Common;

/// <summary>The answer of a domain verb: done, or a <see cref="Refusal"/>. Only bugs throw.</summary>
public readonly record struct Outcome(Refusal? Refusal)
{
    /// <summary>The verb did what it says.</summary>
    public static readonly Outcome Done;

    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool Refused => Refusal is not null;

    public static implicit operator Outcome(Refusal refusal) => new(refusal);
}

/// <summary>The answer of a domain verb that yields something: a value, or a <see cref="Refusal"/>.</summary>
/// <typeparam name="T">What a verb that was done yields.</typeparam>
public readonly record struct Outcome<T>
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>What was yielded; default when refused.</summary>
    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Refusal))]
    [MemberNotNullWhen(false, nameof(Value))]
    public bool Refused => Refusal is not null;

    /// <summary>The same answer without its value.</summary>
    public Outcome WithoutValue => new(Refusal);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
