//! The lists of an entry from the columns of a table: activities, RATs, assistance.

use super::super::dates::{self, DateRead};
use super::super::plan::Col;
use super::super::value;
use super::Row;
use crate::read::FaultKind;
use crate::tape::{Name, Span};

impl Row<'_> {
    pub(super) fn kegiatan(&mut self) {
        let plan = self.plan;
        self.tape.kegiatan_years.open = true;
        let Some((_, first)) = plan.kegiatan.first() else {
            return;
        };
        if plan
            .kegiatan
            .iter()
            .all(|(_, col)| self.said(col).is_empty())
        {
            self.blank("kegiatan_usaha", first);
            return;
        }
        let place = self.place(first);
        self.tape.known(Name::kegiatan_usaha, place);
        self.tape.begin_array(place);
        for (year, col) in &plan.kegiatan {
            let text = self.said(col);
            if text.is_empty() {
                continue;
            }
            if self.is_formula(col) {
                continue;
            }
            if value::is_none_token(text) {
                self.tape.kegiatan_years.none.push(*year);
                continue;
            }
            let place = self.place(col);
            self.tape.begin_object(place);
            self.year(*year, place);
            self.member(col);
            if let Some(melayani) = &plan.melayani {
                self.member(melayani);
            }
            self.tape.end(0);
        }
        self.tape.end(0);
    }

    fn year(&mut self, year: i32, place: Span) {
        self.tape.known(Name::tahun_buku, place);
        self.tape.whole(year, place);
    }

    pub(super) fn rat(&mut self) {
        let plan = self.plan;
        self.tape.rat_years.open = true;
        let loose = plan.rat_tanggal.iter().chain(&plan.rat_tick);
        let mut all = plan.rat.iter().map(|(_, col)| col).chain(loose);
        let Some(first) = all.clone().next() else {
            return;
        };
        if all.all(|col| self.said(col).is_empty()) {
            self.blank("rat", first);
            return;
        }
        let place = self.place(first);
        self.tape.known(Name::rat, place);
        self.tape.begin_array(place);
        for (year, col) in &plan.rat {
            let text = self.said(col);
            let none = value::is_none_token(text);
            if none || text.is_empty() {
                // Where a finding on that year points.
                self.blank(&format!("rat_{year}"), col);
                self.tape.rat_years.none.extend(none.then_some(*year));
                continue;
            }
            if self.is_formula(col) {
                self.blank(&format!("rat_{year}"), col);
                continue;
            }
            let place = self.place(col);
            self.tape.begin_object(place);
            self.year(*year, place);
            if value::is_tick(text) {
                // Held, but the date is missing.
                self.blank("rat[].tanggal", col);
            } else {
                self.member(col);
            }
            self.tape.end(0);
        }
        self.loose_rat();
        self.tape.end(0);
    }

    /// A formula's error says nothing of the year: a fault, and unknown.
    fn is_formula(&mut self, col: &Col) -> bool {
        let text = self.said(col);
        let is = value::is_formula_error(text);
        if is {
            let text = text.to_owned();
            self.fault(FaultKind::Formula { text }, col);
        }
        is
    }

    /// A RAT whose book year is not said: an item without one, which proves nothing.
    fn loose_rat(&mut self) {
        let plan = self.plan;
        let tick = plan.rat_tick.as_ref().map_or("", |col| self.said(col));
        if let Some(col) = &plan.rat_tanggal {
            let text = self.said(col);
            let sentinel = dates::read(text, col.order) == DateRead::Sentinel;
            if sentinel && value::is_none_token(tick) {
                let text = text.to_owned();
                self.fault(FaultKind::Sentinel { text }, col);
            } else if !text.is_empty() && !value::is_none_token(text) {
                let place = self.place(col);
                self.tape.begin_object(place);
                self.member(col);
                self.tape.end(0);
                return;
            }
        }
        if let Some(col) = plan
            .rat_tick
            .as_ref()
            .filter(|_| !tick.is_empty() && !value::is_none_token(tick))
        {
            let place = self.place(col);
            self.tape.begin_object(place);
            self.tape.end(0);
        }
    }

    pub(super) fn bantuan(&mut self) {
        let plan = self.plan;
        let Some(first) = plan.bantuan.iter().flatten().next() else {
            return;
        };
        if plan
            .bantuan
            .iter()
            .flatten()
            .all(|col| self.said(col).is_empty())
        {
            self.blank("bantuan_pemerintah", first);
            return;
        }
        let place = self.place(first);
        self.tape.known(Name::bantuan_pemerintah, place);
        self.tape.begin_array(place);
        for group in &plan.bantuan {
            let filled = |col: &&Col| {
                let text = self.said(col);
                !text.is_empty() && !value::is_none_token(text)
            };
            let Some(first) = group.iter().find(filled) else {
                continue;
            };
            let place = self.place(first);
            self.tape.begin_object(place);
            for col in group {
                // In a group that says something, "none" leaves one field open.
                let zero = col.known == Some(Name::nilai_rupiah) && self.said(col) == "0";
                if value::is_none_token(self.said(col)) && !zero {
                    self.blank(&col.path, col);
                } else {
                    self.member(col);
                }
            }
            self.tape.end(0);
        }
        self.tape.end(0);
    }
}
