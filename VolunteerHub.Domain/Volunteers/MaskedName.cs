namespace VolunteerHub.Domain.Volunteers;

/// <summary>A name as it may stand in a public list or an audit line: 张桂兰 becomes 张*兰, 李娜 becomes 李*.</summary>
public static class MaskedName
{
    public static string Of(string name)
    {
        var runes = name.EnumerateRunes().ToArray();
        return runes.Length switch
        {
            0 => "",
            1 => "*",
            2 => $"{runes[0]}*",
            _ => $"{runes[0]}{new string('*', runes.Length - 2)}{runes[^1]}",
        };
    }
}
