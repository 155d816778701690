namespace VolunteerHub.Domain.Calendar;

/// <summary>我们的节日: what communities celebrate by the lunar calendar, 清明, which follows the sun, and three days of the common calendar.</summary>
public enum Festival
{
    /// <summary>春节, first of the first month.</summary>
    SpringFestival,

    /// <summary>元宵, 15th of the first month.</summary>
    Lantern,

    /// <summary>清明, about 5 April.</summary>
    Qingming,

    /// <summary>端午, fifth of the fifth month.</summary>
    DragonBoat,

    /// <summary>七夕, seventh of the seventh month.</summary>
    Qixi,

    /// <summary>中秋, 15th of the eighth month.</summary>
    MidAutumn,

    /// <summary>重阳, ninth of the ninth month.</summary>
    DoubleNinth,

    /// <summary>腊八, eighth of the twelfth month.</summary>
    Laba,

    /// <summary>除夕, the day before 春节: the 29th or 30th of the twelfth month.</summary>
    NewYearsEve,

    /// <summary>元旦, 1 January.</summary>
    NewYearsDay,

    /// <summary>劳动节, 1 May.</summary>
    LabourDay,

    /// <summary>国庆节, 1 October.</summary>
    NationalDay,
}

/// <summary>On which day a festival is. A leap month repeats no festival.</summary>
public static class Festivals
{
    /// <summary>The festival of a day, or null. Where two meet (中秋 on 1 October), the one that moves.</summary>
    public static Festival? On(DateOnly day) => Moving(day) ?? (day.Month, day.Day) switch
    {
        (1, 1) => Festival.NewYearsDay,
        (5, 1) => Festival.LabourDay,
        (10, 1) => Festival.NationalDay,
        _ => null,
    };

    /// <summary>All days of a festival from the first to the last day, both included: one a year, save that 腊八 may miss a year of the common calendar or come twice.</summary>
    public static IEnumerable<DateOnly> Between(Festival festival, DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last; day = day.AddDays(1))
            if (On(day) == festival) yield return day;
    }

    /// <summary>清明 of a year by the usual approximation of the solar term; exact for 1901 to 2099.</summary>
    public static DateOnly Qingming(int year)
    {
        var century = year % 100;
        var day = (int)(century * 0.2422 + (year >= 2000 ? 4.81 : 5.59)) - century / 4;
        return new DateOnly(year, 4, day);
    }

    private static Festival? Moving(DateOnly day)
    {
        if (day == Qingming(day.Year)) return Festival.Qingming;
        if (!LunarDate.Knows(day)) return null;
        if (LunarDate.Knows(day.AddDays(1)) && LunarDate.Of(day.AddDays(1)) is { Month: 1, Day: 1, IsLeapMonth: false }) return Festival.NewYearsEve;
        return LunarDate.Of(day) switch
        {
            { IsLeapMonth: true } => null,
            { Month: 1, Day: 1 } => Festival.SpringFestival,
            { Month: 1, Day: 15 } => Festival.Lantern,
            { Month: 5, Day: 5 } => Festival.DragonBoat,
            { Month: 7, Day: 7 } => Festival.Qixi,
            { Month: 8, Day: 15 } => Festival.MidAutumn,
            { Month: 9, Day: 9 } => Festival.DoubleNinth,
            { Month: 12, Day: 8 } => Festival.Laba,
            _ => null,
        };
    }
}
