using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Calendar;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class HolidayYearConfiguration : IEntityTypeConfiguration<HolidayYear>
{
    public void Configure(EntityTypeBuilder<HolidayYear> builder)
    {
        builder.HasKey(y => y.Year);
        builder.Property(y => y.Year).ValueGeneratedNever();
        builder.Property(y => y.Version).IsConcurrencyToken();
        // Read as a whole and never searched.
        builder.Property(y => y.Days).HasConversion(
            days => JsonSerializer.Serialize(days, JsonSerializerOptions.Default),
            stored => JsonSerializer.Deserialize<List<HolidayDay>>(stored, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyList<HolidayDay>>((a, b) => a!.SequenceEqual(b!), days => days.Count, days => days));
    }
}

internal sealed class MonthlyThemeConfiguration : IEntityTypeConfiguration<MonthlyTheme>
{
    public void Configure(EntityTypeBuilder<MonthlyTheme> builder)
    {
        builder.HasKey(t => t.Month);
        builder.Property(t => t.Month).ValueGeneratedNever();
        builder.Property(t => t.Version).IsConcurrencyToken();
    }
}
